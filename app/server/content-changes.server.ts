import { isListening, onAnnounced, onHearingAgain } from "#app/server/announcements.server.ts";

let generation = 0;

const change = () => {
  generation++;
};
onAnnounced("content", change);
onHearingAgain(change);

/**
 * A number that is another one as soon as something that visitors can see was changed, by this process or any other;
 * null while nobody would tell us: then nothing may be kept.
 */
export function contentGeneration(): number | null {
  return isListening() ? generation : null;
}
