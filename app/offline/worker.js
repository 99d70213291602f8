/*
 * Keeps what a member reads readable without a connection. It never keeps an answer that was made for somebody: of
 * each page that its reader opened it fetches the visitors' version for itself, without cookies, and keeps that one.
 * See docs/decisions/0026.
 */

const pages = "stoa-pages-1";
const assets = "stoa-assets-1";
const pictures = "stoa-pictures-1";
const most = { [pages]: 100, [assets]: 60, [pictures]: 300 };
const offlinePage = "/offline";
const minuteMs = 60_000;

/** Lists, posts, people, tags; what else begins like a post's address is none of the pages that visitors read. */
const readingPage = /^\/(?:hot|tags|p\/\d+(?:\/[^/]+)?|u\/[\w-]+|t\/[^/]+)?$/;
const file = /^\/(?:assets|avatars|media)\//;
const picture = /^\/media\//;

self.addEventListener("install", (event) => {
  event.waitUntil(keep(offlinePage).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener("message", (event) => {
  const path = event.data?.read;
  if (typeof path === "string" && readingPage.test(path)) event.waitUntil(keepLately(path));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  // What one read on this device is nobody else's business.
  if (request.method === "POST" && url.pathname === "/sign-out") event.waitUntil(forgetPages());
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(open(event, url));
  else if (picture.test(url.pathname)) event.respondWith(fetchPicture(request, url));
  else if (file.test(url.pathname)) event.respondWith(fetchFile(request, url));
});

async function takeOver() {
  for (const name of await caches.keys()) if (!(name in most)) await caches.delete(name);
  // The page is asked for while this worker starts, so that nobody waits for it.
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

async function open(event, url) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await findKept(url)) ?? (await listKept(url));
  }
}

/** A file under a name of its own is always the same one. */
async function fetchFile(request, url) {
  const kept = await caches.match(url.pathname);
  if (kept) return kept;
  const response = await fetch(request);
  // Pages do not name every typeface that their style sheets do.
  if (response.ok && request.destination === "font") {
    const copy = response.clone();
    const cache = await caches.open(assets);
    await cache.put(url.pathname, copy);
  }
  return response;
}

/** A picture may be taken away: then the kept one goes too, which is for when there is no connection. */
async function fetchPicture(request, url) {
  try {
    const response = await fetch(request);
    if (response.status === 404) await (await caches.open(pictures)).delete(url.pathname);
    return response;
  } catch {
    return (await caches.match(url.pathname)) ?? Response.error();
  }
}

/** Unless it was kept a moment ago. */
async function keepLately(path) {
  const cache = await caches.open(pages);
  if (isOld(await cache.match(path), 2 * minuteMs)) await keep(path);
  if (isOld(await cache.match(offlinePage), 24 * 60 * minuteMs)) await keep(offlinePage);
}

function isOld(response, ms) {
  const keptAt = Date.parse(response?.headers.get("X-Kept-At") ?? "");
  return !(Date.now() - keptAt < ms);
}

/** Fetches the visitors' version of a page and keeps it with its files; one that is no longer there is forgotten. */
async function keep(path) {
  const cache = await caches.open(pages);
  const response = await fetch(path, { credentials: "omit", headers: { Accept: "text/html" } });
  if (response.status === 404 || response.status === 410) return void (await cache.delete(path));
  const { pathname } = new URL(response.url);
  const forVisitors = response.headers.get("Cache-Control")?.startsWith("public");
  if (!response.ok || !forVisitors || !(readingPage.test(pathname) || pathname === offlinePage)) return;
  const html = await response.text();
  const headers = new Headers({ "X-Kept-At": new Date().toISOString() });
  for (const name of ["Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"]) {
    headers.set(name, response.headers.get(name) ?? "");
  }
  // Taken out first, so that it is the newest.
  await cache.delete(pathname);
  await cache.put(pathname, new Response(html, { headers }));
  for (const [, address] of html.matchAll(/\s(?:src|href)="([^"]+)"/g)) if (file.test(address)) await keepFile(address);
  for (const name of Object.keys(most)) await trim(name);
}

async function keepFile(address) {
  const name = address.startsWith("/assets/") ? assets : pictures;
  const cache = await caches.open(name);
  if (await cache.match(address)) return;
  const response = await fetch(address, { credentials: "omit" }).catch(() => null);
  if (response?.ok) await cache.put(address, response);
}

/** The oldest go. The page that says what is kept stays. */
async function trim(name) {
  const cache = await caches.open(name);
  const keys = (await cache.keys()).filter(({ url }) => new URL(url).pathname !== offlinePage);
  for (const key of keys.slice(0, Math.max(0, keys.length - most[name]))) await cache.delete(key);
}

async function forgetPages() {
  const cache = await caches.open(pages);
  for (const key of await cache.keys()) if (new URL(key.url).pathname !== offlinePage) await cache.delete(key);
}

/** The kept page of an address, with word of how old it is. */
async function findKept(url) {
  if (url.searchParams.has("after")) return undefined;
  const cache = await caches.open(pages);
  const path = url.pathname.replace(/(.)\/+$/, "$1");
  if (path === offlinePage) return undefined;
  const kept = (await cache.match(path)) ?? (await cache.match(await fullAddress(cache, path)));
  if (!kept) return undefined;
  const note =
    `<p class="notice" role="status">You are offline. This is how visitors saw this page on ${keptOn(kept)}. ` +
    `<a class="text-link" href="${offlinePage}">Other pages on this device</a></p>`;
  return withInserted(kept, /<main\b[^>]*>/, note);
}

/** A post is kept under its address with the title in it. */
async function fullAddress(cache, path) {
  const id = /^\/p\/\d+/.exec(path)?.[0];
  const keys = id ? await cache.keys() : [];
  return keys.find(({ url }) => new URL(url).pathname.startsWith(`${id}/`)) ?? path;
}

/** The page that lists the others, the latest first. */
async function listKept(url) {
  const cache = await caches.open(pages);
  const page = await cache.match(offlinePage);
  if (!page) return Response.error();
  const items = [];
  for (const key of (await cache.keys()).reverse()) {
    const { pathname } = new URL(key.url);
    if (pathname === offlinePage) continue;
    const kept = await cache.match(key);
    const html = await kept.clone().text();
    // Both come escaped: the title out of HTML, the path out of an address.
    const title = /<meta property="og:title" content="([^"]*)"/.exec(html)?.[1] ?? pathname;
    items.push(`<li><a href="${pathname}">${title}</a><span class="muted">${keptOn(kept)}</span></li>`);
  }
  const list = items.length > 0 ? `<ul class="kept-pages">${items.join("")}</ul>` : "<p>There are none yet.</p>";
  const section = `<h2 class="list-title">On this device</h2>${list}`;
  const missing = url.pathname === offlinePage ? "" : ", and the page that you asked for is not on this device";
  const note = `<p class="notice" role="status">You are offline${missing}.</p>`;
  const listed = await withInserted(page, /<section id="kept-pages"[^>]*>/, section);
  return withInserted(listed, /<div class="offline-page">/, note);
}

function keptOn(kept) {
  const at = new Date(kept.headers.get("X-Kept-At"));
  const words = at.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  return `<time datetime="${at.toISOString()}">${words}</time>`;
}

async function withInserted(response, after, html) {
  const text = await response.text();
  return new Response(
    text.replace(after, (tag) => tag + html),
    { headers: response.headers },
  );
}
