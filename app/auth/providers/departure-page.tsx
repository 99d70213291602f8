import { EntryPage } from "#app/auth/entry-page.tsx";

/**
 * Stands between a form here and the page of a provider: a form that leads straight to another site is stopped by
 * `form-action 'self'`. The answer's `Refresh` header goes on at once; the link is for where it does not.
 */
export function DeparturePage({ name, address }: { name: string; address: string }) {
  return (
    <EntryPage
      title={`On to ${name}`}
      lead={<p>{`${name} asks you whether it may say who you are, and brings you back.`}</p>}
    >
      <p className="actions">
        <a className="button primary" href={address} rel="noreferrer">
          {`Go on to ${name}`}
        </a>
      </p>
    </EntryPage>
  );
}
