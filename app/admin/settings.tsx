import { href } from "react-router";
import { joiningModes } from "#app/joining/joining.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { FormulaText } from "#app/ranking/formula-text.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { SettingSection } from "#app/site/setting-section.tsx";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { GateTable } from "#app/trust/gate-table.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/settings";

export const middleware: Route.MiddlewareFunction[] = [requireAdmin];

export async function loader({ url }: Route.LoaderArgs) {
  const [ranking, rules, gates, joining, signIn, about, moderation] = await Promise.all([
    findSiteSetting("ranking"),
    findSiteSetting("rules"),
    findSiteSetting("gates"),
    findSiteSetting("joining"),
    findSiteSetting("signIn"),
    findSiteSetting("about"),
    findSiteSetting("moderation"),
  ]);
  return { ranking, rules, gates, joining, signIn, about, moderation, saved: url.searchParams.get("saved") };
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Site settings · ${root.loaderData.siteName}` }];
}

/** Each group of settings is a section here, with a page of its own to change it. */
export default function Settings({
  loaderData: { ranking, rules, gates, joining, signIn, about, moderation, saved },
}: Route.ComponentProps) {
  return (
    <PageColumns>
      <h1 className="page-title">Site settings</h1>
      <SettingSection
        id="ranking"
        title="The order of Hot"
        change={{ to: href("/admin/settings/ranking"), words: "Change the numbers" }}
        saved={saved === "ranking" && "Saved. The next order, within a minute, is made with these numbers."}
      >
        <FormulaText numbers={ranking} />
      </SettingSection>
      <SettingSection
        id="rules"
        title="Rules"
        change={{ to: href("/admin/settings/rules"), words: "Change the rules" }}
        saved={saved === "rules" && "Saved. They count from now on."}
      >
        <p>{rules.list.map(({ title }) => title).join(" · ")}</p>
      </SettingSection>
      <SettingSection
        id="trust"
        title="What new accounts may"
        change={{ to: href("/admin/settings/trust"), words: "Change the numbers" }}
        saved={saved === "trust" && "Saved. It counts from now on."}
      >
        <GateTable gates={gates} />
      </SettingSection>
      <SettingSection
        id="joining"
        title="Who may join"
        change={{ to: href("/admin/settings/joining"), words: "Change who may join" }}
        saved={saved === "joining" && "Saved."}
      >
        <p>{`${joiningModes[joining.mode].title}. A member may invite ${joining.invitesPerMember.toLocaleString("en-GB")} people in 30 days.`}</p>
        <p>
          {joining.disposable === "refuse"
            ? "Addresses at mailboxes to throw away are refused."
            : "Any address may join, also one at a mailbox to throw away."}
        </p>
      </SettingSection>
      <SettingSection
        id="about"
        title="What the site says of itself"
        change={{ to: href("/admin/settings/about"), words: "Change the words" }}
        saved={saved === "about" && "Saved. It stands at the foot of every page."}
      >
        <p>{about.description || "No description."}</p>
        <p>{about.contact ? `Reached at ${about.contact}.` : "No address to write to."}</p>
        <p>
          <Link className="text-link" to="/admin/settings/terms">
            Write the terms of use
          </Link>
          {" or "}
          <Link className="text-link" to="/admin/settings/privacy">
            the privacy notice
          </Link>
          .
        </p>
      </SettingSection>
      <SettingSection
        id="requests"
        title="Who asks to join"
        change={{ to: href("/admin/joining"), words: "See who asks" }}
      >
        <p>
          Those who ask or wait, and{" "}
          <Link className="text-link" to={href("/admin/invites")}>
            every invite
          </Link>
          .
        </p>
      </SettingSection>
      <SettingSection
        id="exclusions"
        title="Reserved and blocked"
        change={{ to: href("/admin/settings/names"), words: "Reserve a name" }}
      >
        <p>
          <Link className="text-link" to={href("/admin/settings/domains")}>
            Blocked domains
          </Link>{" "}
          of e-mail addresses, and{" "}
          <Link className="text-link" to={href("/admin/settings/networks")}>
            blocked networks
          </Link>
          .
        </p>
      </SettingSection>
      <SettingSection
        id="sign-in"
        title="Second factors"
        change={{ to: href("/admin/settings/sign-in"), words: "Change the rules" }}
        saved={saved === "sign-in" && "Saved. It counts from now on."}
      >
        <p>
          {signIn.staffSecondFactor
            ? `Moderators and admins need one, after ${signIn.staffGraceDays} ${signIn.staffGraceDays === 1 ? "day" : "days"} of grace.`
            : "Nobody has to have one."}{" "}
          {signIn.factorRecovery
            ? "Who has lost theirs can have it taken off by waiting."
            : "Who has lost theirs has to ask you."}
        </p>
      </SettingSection>
      <SettingSection
        id="moderation"
        title="How moderators work"
        change={{ to: href("/admin/settings/moderation"), words: "Change how they work" }}
        saved={saved === "moderation" && "Saved. It counts from now on."}
      >
        <p>
          {moderation.approvals.length === 0
            ? "No act needs a second moderator, but what one admin does to another."
            : `A second moderator is needed to: ${moderation.approvals.map((kind) => kind.replaceAll("-", " ")).join(", ")}.`}{" "}
          {moderation.showNames ? "The public log names who acted." : "The public log says by which role, not by whom."}
        </p>
      </SettingSection>
      <SettingSection id="tags" title="Tags" change={{ to: href("/admin/tags"), words: "See the synonyms" }}>
        <p>Words that stand for another tag.</p>
      </SettingSection>
    </PageColumns>
  );
}
