/** The drawings of icons.css. */
export type IconName =
  | "home"
  | "pen"
  | "user"
  | "users"
  | "comment"
  | "heart"
  | "search"
  | "shield"
  | "draft"
  | "gear"
  | "link"
  | "arrow"
  | "heart-filled"
  | "keys";

/** A picture for eyes only: what it means is said by the word beside it or the label around it. */
export function Icon({ name }: { name: IconName }) {
  return <span className={`icon icon-${name}`} aria-hidden="true" />;
}
