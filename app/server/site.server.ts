import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { constants } from "node:zlib";
import { createRequestListener } from "@react-router/node";
import compression from "compression";
import type { ServerBuild } from "react-router";
import sirv from "sirv";
import { closeStreams } from "#app/live/streams.server.ts";
import { startListening, stopListening } from "#app/server/announcements.server.ts";
import { startBackgroundWork } from "#app/server/background.server.ts";
import { clientAddressOf } from "#app/server/client-address.server.ts";
import { closeDatabase } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { listenByFirstSegment } from "#app/server/first-segment.server.ts";
import { stopJobs } from "#app/server/jobs.server.ts";
import { flushLog, log } from "#app/server/log.server.ts";
import { PageCache } from "#app/server/page-cache.server.ts";
import { beginShutdown, isShuttingDown } from "#app/server/readiness.server.ts";
import { withRequestScope } from "#app/server/request-scope.server.ts";

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

export interface SiteOptions {
  /** the built application; a function while developing, which is asked again for each request */
  build: ServerBuild | (() => Promise<ServerBuild>);
  /** Vite's, while developing; it serves the client's files then */
  devMiddleware?: Middleware;
  /** where the client's files are; the build's own by default */
  filesFolder?: string;
}

/** The largest form with a file: a picture of 10 MB beside a post's text. */
const maxMultipartBytes = 12 * 1024 * 1024;
/** The largest form without: 50,000 characters, nine bytes each where they are escaped. */
const maxFormBytes = 600 * 1024;
const drainMs = 10_000;
/** In production /readyz says no for this long before the door closes, so that a load balancer can see it. */
const farewellMs = 3_000;

/**
 * Serves the site with the settings of this process until `stop`, which lets requests in flight finish.
 * @throws the listen error, for example EADDRINUSE
 */
export async function startSite({
  build,
  devMiddleware,
  filesFolder = path.join(import.meta.dirname, "../client"),
}: SiteOptions): Promise<{ url: string; stop(): Promise<void> }> {
  await startBackgroundWork();
  await startListening();
  const listener =
    typeof build === "function"
      ? createRequestListener({ build, mode: process.env.NODE_ENV })
      : listenByFirstSegment(build, (part) => createRequestListener({ build: part, mode: process.env.NODE_ENV }));
  const pages = new PageCache();
  const application = devMiddleware ? listener : pages.keepingPagesOf(listener);
  // Typed for Express, written for node:http.
  const compressed = compression({
    filter: (request, response) => !isEventStream(response) && compression.filter(request, response),
    brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  }) as unknown as Middleware;
  const files = devMiddleware ?? staticFiles(filesFolder);
  const server = createServer((request, response) => {
    if (isShuttingDown()) response.setHeader("Connection", "close");
    if (isRefused(request, response)) return;
    if (pages.answer(request, response)) return;
    files(request, response, () => compressed(request, response, () => answer(application, request, response)));
  });
  server.requestTimeout = 60_000;
  server.headersTimeout = 15_000;
  server.keepAliveTimeout = 10_000;
  await new Promise<void>((resolve, reject) =>
    server.once("error", reject).listen(settings().port, settings().host, resolve),
  );
  const { port } = server.address() as AddressInfo; // listens on TCP, so that it is one
  return {
    url: settings().siteUrlGiven ? settings().siteUrl : `http://localhost:${port}`,
    async stop() {
      beginShutdown();
      if (settings().command === "start") await sleep(farewellMs);
      const drained = new Promise((resolve) => server.close(resolve));
      closeStreams();
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), drainMs);
      await drained;
      clearTimeout(force);
      await stopListening();
      await stopJobs();
      await closeDatabase();
      flushLog();
    },
  };
}

function answer(application: RequestListener, request: IncomingMessage, response: ServerResponse): void {
  const scope = { id: randomUUID(), clientAddress: clientAddressOf(request), statements: [] };
  withRequestScope(scope, () => application(request, response));
}

/** What is said in an endless answer arrives when it is said: nothing gathers it to compress it. */
function isEventStream(response: ServerResponse): boolean {
  return response.getHeader("Content-Type") === "text/event-stream";
}

/** What no page should ever see: odd addresses, unknown methods, bodies without a length or with too great a one. */
function isRefused(request: IncomingMessage, response: ServerResponse): boolean {
  const { method = "", url = "", headers } = request;
  // Search takes any text; everything else has no use for this one.
  const hasNul = url.includes("%00") && !/^\/search(\.data)?\?/.test(url);
  if (!url.startsWith("/") || hasNul || !isHost(headers.host) || !URL.canParse(`http://${headers.host}${url}`)) {
    return refuse(response, 400, "Bad request");
  }
  if (!["GET", "HEAD", "POST"].includes(method)) {
    return refuse(response, 405, "Method not allowed", { Allow: "GET, HEAD, POST" });
  }
  if (headers["transfer-encoding"]) return refuse(response, 411, "Length required");
  // Files come from people whom a cookie names: members, and newcomers who have proved an address.
  const withFile = headers.cookie && headers["content-type"]?.startsWith("multipart/form-data");
  const limit = withFile ? maxMultipartBytes : maxFormBytes;
  if (Number(headers["content-length"] ?? 0) > limit)
    return refuse(
      response,
      413,
      "That is too large: a picture may have 10 MB. Go back, your text is still there, and choose a smaller one",
    );
  return false;
}

/**
 * A name or an address, with or without a port; HTTP/1.0 needs none. The asked address is put together from it and the
 * target: with `site/p/2?` in it, /p/1 would be answered, and kept for everyone, as /p/2.
 */
function isHost(host: string | undefined): boolean {
  return host === undefined || /^[^\s/\\?#@]+$/.test(host);
}

function refuse(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): true {
  response.writeHead(status, {
    "Content-Type": "text/plain",
    "X-Content-Type-Options": "nosniff",
    Connection: "close",
    ...headers,
  });
  response.end(`${text}\n`);
  return true;
}

function staticFiles(folder: string): Middleware {
  return sirv(folder, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders(response, pathname) {
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setHeader(
        "Cache-Control",
        pathname.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "public, max-age=3600",
      );
    },
  });
}

process.on("unhandledRejection", (error) => log.error({ err: error }, "something failed that nobody waited for"));
