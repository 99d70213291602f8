import { href } from "react-router";
import { type Dossier, type Hints, mostHinted, type WaysInFacts } from "#app/admin/dossier.ts";
import { NoteList } from "#app/mod-notes/note-list.tsx";
import { Link } from "#app/ui/link.tsx";
import { fullDate } from "#app/ui/time-ago.tsx";

/** What the staff knows of a person beyond their page, section by section. */
export function UserDossier({ username, dossier }: { username: string; dossier: Dossier }) {
  const { waysIn, hints, reports, notes } = dossier;
  return (
    <>
      <section className="user-section" aria-labelledby="notes">
        <h2 id="notes">Notes of the staff</h2>
        {notes.length > 0 ? <NoteList notes={notes} /> : <p className="muted">None yet.</p>}
        <p className="user-all-posts">
          <Link className="text-link" to={href("/admin/users/:username/notes", { username })}>
            {notes.length > 0 ? "Add a note, or read all" : "Add a note"}
          </Link>
        </p>
      </section>
      <section className="user-section" aria-labelledby="reports">
        <h2 id="reports">Reports</h2>
        <ul className="user-counts">
          <li>{casesInWords(reports)}</li>
          <li>{reportsInWords(reports)}</li>
        </ul>
      </section>
      {waysIn && (
        <section className="user-section" aria-labelledby="ways-in">
          <h2 id="ways-in">Ways in</h2>
          <ul className="user-counts">
            {waysInWords(waysIn).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </section>
      )}
      {hints && (
        <section className="user-section" aria-labelledby="hints">
          <h2 id="hints">Others from the same place</h2>
          <p>{hintInWords(hints)}</p>
          <p className="muted">
            A hint and nothing more: a household, a school, a phone company or a whole town shares one network, and
            thousands have the same browser.
          </p>
        </section>
      )}
    </>
  );
}

const some = (count: number, one: string, many: string) =>
  count === 0 ? `no ${many}` : count === 1 ? `one ${one}` : `${count.toLocaleString("en-GB")} ${many}`;
const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function casesInWords({ openCases, upheldCases, otherCases }: Dossier["reports"]): string {
  const all = openCases + upheldCases + otherCases;
  if (all === 0) return "Nobody has reported them or anything of theirs.";
  return sentence(
    `${some(all, "case", "cases")} about them: ${openCases} open, ${upheldCases} in which a rule was broken, ${otherCases} in which none was`,
  );
}

function reportsInWords({ made, madeUpheld, madeDismissed }: Dossier["reports"]): string {
  if (made === 0) return "They have reported nothing.";
  return sentence(`${some(made, "report", "reports")} by them: ${madeUpheld} were right, ${madeDismissed} were not`);
}

function waysInWords({
  password,
  passkeys,
  providers,
  provedAddresses,
  secondFactorSince,
  trustedBrowsers,
}: WaysInFacts) {
  return [
    password ? "A password." : "No password.",
    sentence(some(passkeys, "passkey", "passkeys")),
    providers.length > 0 ? `Linked at ${providers.join(", ")}.` : "Linked at no other site.",
    sentence(`${some(provedAddresses, "address", "addresses")} for codes by mail`),
    secondFactorSince ? `A second factor since ${fullDate(secondFactorSince)}.` : "No second factor.",
    ...(trustedBrowsers > 0 ? [sentence(`${some(trustedBrowsers, "browser", "browsers")} not asked for it`)] : []),
  ];
}

function hintInWords({ sameNetwork, sameNetworkAndBrowser }: Hints): string {
  if (sameNetwork === 0) return "Nobody else is signed in from a network of theirs.";
  const number = (count: number) => (count === mostHinted ? `${mostHinted} or more` : String(count));
  const people = sameNetwork === 1 ? "One other person is" : `${number(sameNetwork)} other people are`;
  return `${people} signed in from a network of theirs, ${sameNetworkAndBrowser === 0 ? "none" : number(sameNetworkAndBrowser)} of them also with the same browser.`;
}
