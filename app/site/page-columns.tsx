import type { ReactNode } from "react";

/** The content of a page, and beside it on a desk where one is: about the site, the person, the tag. */
export function PageColumns({
  aside,
  wide = false,
  children,
}: {
  aside?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <>
      <main id="content" className={wide ? "content wide" : "content"} tabIndex={-1}>
        {children}
      </main>
      {aside && <aside className="aside">{aside}</aside>}
    </>
  );
}
