/* Takes the place of worker.js where offline reading is switched off: forgets everything, and goes. */

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(leave());
});

async function leave() {
  for (const name of await caches.keys()) if (name.startsWith("stoa-")) await caches.delete(name);
  await self.registration.unregister();
}
