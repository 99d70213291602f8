import { Form, href } from "react-router";

/** The way out for who is not the one whom a provider has vouched for in this browser. */
export function NotYou({ provider, person }: { provider: string; person: string }) {
  return (
    <Form method="post" action={href("/join/without-provider")}>
      <p>{`You are not ${person || "who was there"} at ${provider}? `}</p>
      <button type="submit" className="text-link link-button">
        {`Join without ${provider}`}
      </button>
    </Form>
  );
}
