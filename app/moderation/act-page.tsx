import type { ReactNode } from "react";
import { href } from "react-router";
import type { Refusal } from "#app/moderation/policy.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Role, UserSummary } from "#app/users/user.ts";

/** The page of one act: whom it concerns, what it will do, and the form; or why it cannot be done. */
export function ActPage({
  title,
  subject,
  refusal,
  effects,
  back = {
    to: href("/admin/users/:username", { username: subject.username }),
    words: `Back to @${subject.username}`,
  },
  children,
}: {
  title: string;
  subject: UserSummary & { role: Role };
  refusal: Refusal | null;
  /** what happens when the form is sent: list items of one sentence each */
  effects: ReactNode;
  /** where it leads when the act cannot be done */
  back?: { to: string; words: string };
  children: ReactNode;
}) {
  return (
    <PageColumns>
      <h1 className="page-title">{title}</h1>
      <p className="act-subject">
        <img src={subject.avatar} alt="" width={40} height={40} />
        <span>
          <bdi className="act-subject-name">{subject.name}</bdi>
          <span className="muted">
            @{subject.username} · {subject.role}
          </span>
        </span>
      </p>
      {refusal ? (
        <>
          <p className="act-refusal">{refusal.text}</p>
          <p className="actions">
            <Link className={buttonClass("plain")} to={back.to}>
              {back.words}
            </Link>
          </p>
        </>
      ) : (
        <>
          <h2 className="act-effects-title">What will happen</h2>
          <ul className="act-effects">{effects}</ul>
          {children}
        </>
      )}
    </PageColumns>
  );
}

/** The way out first, the dangerous button last. */
export function ActButtons({
  username,
  kind = "danger",
  busyText,
  children,
}: {
  username: string;
  kind?: "danger" | "plain";
  busyText: string;
  children: ReactNode;
}) {
  return (
    <p className="actions act-buttons">
      <Link className={buttonClass("quiet")} to={href("/admin/users/:username", { username })}>
        Cancel
      </Link>
      <SubmitButton kind={kind} busyText={busyText}>
        {children}
      </SubmitButton>
    </p>
  );
}
