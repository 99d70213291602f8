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
  | "bookmark"
  | "bookmark-filled"
  | "flame"
  | "following"
  | "hash"
  | "plus"
  | "check"
  | "bell"
  | "keys";

/** A picture for eyes only: what it means is said by the word beside it or the label around it. */
export function Icon({ name }: { name: IconName }) {
  return <span className={`icon icon-${name}`} aria-hidden="true" />;
}
