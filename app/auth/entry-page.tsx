import type { ReactNode } from "react";
import { PageColumns } from "#app/site/page-columns.tsx";

/** A page of coming in: one narrow column, where on the way one is, what happens here. */
export function EntryPage({
  title,
  step,
  lead,
  aside,
  children,
}: {
  title: string;
  /** of three, on the way of joining */
  step?: 1 | 2 | 3;
  lead: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <PageColumns aside={aside}>
      <div className="entry">
        {step && (
          <p className="entry-step">
            <span className="entry-columns" data-step={step} aria-hidden="true">
              <span />
              <span />
              <span />
            </span>
            {`Step ${step} of 3`}
          </p>
        )}
        <h1 className="page-title">{title}</h1>
        <div className="entry-lead">{lead}</div>
        {children}
      </div>
    </PageColumns>
  );
}
