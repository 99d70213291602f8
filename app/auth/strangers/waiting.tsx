import { useEffect } from "react";
import { Form, useSubmit } from "react-router";
import { EntryPage } from "#app/auth/entry-page.tsx";
import type { AskedOf } from "#app/auth/strangers/stranger.ts";
import { doWork } from "#app/auth/strangers/work.ts";
import { SubmitButton } from "#app/ui/button.tsx";

interface WaitingProps {
  asked: AskedOf;
  /** where the form goes that was sent */
  action: string;
  shown: string;
  /** "code", "link" */
  what: string;
  again?: boolean;
}

const turnWords = {
  "too early": "That minute is not over yet.",
  "others first": "Others were before you just now: try again in a minute. Your place is kept.",
};

/** In place of a form while too many strangers come: a browser with scripts works for a moment, others wait a minute. */
export function Waiting({ asked: { email, work, place, turn }, action, shown, what, again }: WaitingProps) {
  const submit = useSubmit();
  const { challenge, bits } = work;
  useEffect(() => {
    const ending = new AbortController();
    void doWork({ challenge, bits }, ending.signal).then((answer) => {
      if (answer === null) return;
      const fields = { email, shown, challenge, answer, ...(again && { again: "true" }) };
      return submit(fields, { method: "post", action, replace: true });
    });
    return () => ending.abort();
  }, [challenge, bits, email, shown, action, again, submit]);
  return (
    <EntryPage
      title="One moment"
      lead={
        <>
          <p role="status">
            Far more people than usual are asking for mail here, and most of them are machines. So your browser does a
            piece of work first: that takes about a second, and then it goes on by itself.
          </p>
          <p>
            If it runs no scripts, wait a minute instead, and then send the {what} to{" "}
            <span className="entry-address">{email}</span> with this button.
          </p>
          {turn !== "no place" && <p className="notice">{turnWords[turn]}</p>}
        </>
      }
    >
      <Form method="post" action={action} className="form" data-challenge={challenge} data-bits={bits}>
        <input type="hidden" name="shown" value={shown} />
        <input type="hidden" name="email" value={email} />
        <input type="hidden" name="place" value={place} />
        {again && <input type="hidden" name="again" value="true" />}
        <SubmitButton busyText={`Sending the ${what}`}>{`Send the ${what}`}</SubmitButton>
      </Form>
    </EntryPage>
  );
}
