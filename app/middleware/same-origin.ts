import { isIP } from "node:net";
import { data, href, type MiddlewareFunction } from "react-router";
import { settings } from "#app/server/env.server.ts";

/**
 * Refuses every change that a page of another site could have caused: forms, fetches, resource routes,
 * .data, signed in or not. Browsers always say where a POST comes from, in one of three headers;
 * whoever sends none of them is not a browser, and carries nobody's cookies by accident.
 */
export const sameOrigin: MiddlewareFunction<Response> = ({ request }) => {
  if (request.method === "GET" || request.method === "HEAD" || isOneClick(request)) return;
  if (!comesFromHere(request)) {
    throw data({ foreignOrigin: true }, { status: 403, statusText: "Forbidden" });
  }
};

/**
 * The one form that others send: a mail program ends mails for its reader (RFC 8058). The signed link is the whole
 * proof there, and whose cookies come with it counts for nothing. In this one spelling only, which is the link's.
 */
function isOneClick(request: Request): boolean {
  return new URL(request.url).pathname === href("/unsubscribe");
}

function comesFromHere(request: Request): boolean {
  const origin = request.headers.get("origin");
  if (origin !== null) return isOurs(origin, request);
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return false;
  const referer = request.headers.get("referer");
  return referer === null || (URL.canParse(referer) && isOurs(new URL(referer).origin, request));
}

function isOurs(origin: string, request: Request): boolean {
  const { siteUrl, siteUrlGiven } = settings();
  if (origin === siteUrl) return true;
  const asked = new URL(request.url);
  // Without SITE_URL the address that was asked counts, unless it is a name: that one may belong to anybody.
  return !siteUrlGiven && origin === asked.origin && (asked.hostname === "localhost" || isAddress(asked.hostname));
}

function isAddress(hostname: string): boolean {
  return isIP(hostname.replace(/^\[|\]$/g, "")) !== 0;
}
