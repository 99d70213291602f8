import { Form, href } from "react-router";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";

/* What a mailed link shows by which the owner of an account takes back what somebody else did to it. */

interface Words {
  title: string;
  lead: string;
}

/** Says what was done; the button takes it back. */
export function TakeBack({ title, lead, button }: Words & { button: { words: string; busy: string } }) {
  return (
    <EntryPage title={title} lead={<p>{lead}</p>}>
      <Form method="post" className="form">
        <SubmitButton busyText={button.busy}>{button.words}</SubmitButton>
      </Form>
    </EntryPage>
  );
}

/** It is taken back. Somebody else knows the password, or reads the mail: it leads to a new password. */
export function TakenBack({ title, lead }: Words) {
  return (
    <EntryPage title={title} lead={<p>{lead}</p>}>
      <p className="actions">
        <Link className={buttonClass()} to={href("/forgot-password")}>
          Choose a new password
        </Link>
      </p>
    </EntryPage>
  );
}

/** There is nothing to take back by the link, any more or at all. */
export function LinkOver({ lead }: { lead: string }) {
  return (
    <EntryPage title="This link is over" lead={<p>{lead}</p>}>
      {null}
    </EntryPage>
  );
}
