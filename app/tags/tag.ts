/** A tag as its page heads it. */
export interface ShownTag {
  name: string;
  postCount: number;
  /** whether the viewer follows it; false for visitors */
  followed: boolean;
}

export interface TagCount {
  name: string;
  postCount: number;
}

export interface TagsPage {
  tags: TagCount[];
  next: string | null;
}

/** Another word for a tag, as admins keep them. */
export interface Synonym {
  name: string;
  tag: string;
  createdAt: string;
}

/** "1 post", "12,000 posts". */
export function postsWords(count: number): string {
  return count === 1 ? "1 post" : `${count.toLocaleString("en")} posts`;
}

/** What the editor's field offers while a tag is typed. */
export interface TagSuggestion extends TagCount {
  /** the synonym that fits what was typed, where the tag itself does not */
  alias: string | null;
}
