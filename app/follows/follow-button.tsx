import { useFetcher } from "react-router";
import { Icon } from "#app/ui/icon.tsx";

interface FollowButtonProps {
  /** where the form goes: /u/…/follow or /t/…/follow */
  action: string;
  /** who or what is followed, for those who do not see what the button stands beside */
  name: string;
  followed: boolean;
  /** the page to come back to without scripts; the followed one's own where it is left out */
  from?: string;
}

/** Follows a person or a tag, or no longer: it shows at once what was pressed. */
export function FollowButton({ action, name, followed, from }: FollowButtonProps) {
  const fetcher = useFetcher({ key: `follow ${action}` });
  const wanted = fetcher.formData?.get("on");
  const on = wanted ? wanted === "true" : followed;
  return (
    <fetcher.Form method="post" action={action} className="follow">
      <input type="hidden" name="on" value={String(!on)} />
      {from && <input type="hidden" name="redirectTo" value={from} />}
      <button type="submit" className="button plain follow-button" aria-pressed={on}>
        <Icon name={on ? "check" : "plus"} />
        <span>
          {on ? "Following" : "Follow"}
          <span className="sr-only"> {name}</span>
        </span>
      </button>
    </fetcher.Form>
  );
}
