export interface DiscussionComment {
  /** username of the writer, as in cast.ts */
  by: string;
  /** hours after the post was published; always less than the post's hoursAgo */
  hoursAfter: number;
  /** Markdown */
  body: string;
  /** Markdown of how it read for its first half hour, where it was edited then */
  was?: string;
  /** how many people liked the comment */
  reactions?: number;
  replies?: DiscussionComment[];
}

export type Discussion = DiscussionComment[];
