import type { Gates } from "#app/trust/gates.ts";

/** What new accounts may and what everybody may, with the present numbers. */
export function GateTable({ gates }: { gates: Gates }) {
  const yesNo = (value: "yes" | "no") => (value === "yes" ? "Yes" : "No");
  const count = (value: number) => value.toLocaleString("en");
  const rows: [string, string, string][] = [
    ["Links to other places in texts", yesNo(gates.newLinks), "Yes"],
    ["Pictures in texts", yesNo(gates.newImages), "Yes"],
    ["Posts in 24 hours", count(Math.min(gates.newPostsPerDay, gates.postsPerDay)), count(gates.postsPerDay)],
    [
      "Comments in 24 hours",
      count(Math.min(gates.newCommentsPerDay, gates.commentsPerDay)),
      count(gates.commentsPerDay),
    ],
    ["What a report counts", count(gates.newReportWeight), "1"],
  ];
  return (
    <table className="gate-table">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">New accounts</th>
          <th scope="col">Everybody else</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([what, ofNew, ofOthers]) => (
          <tr key={what}>
            <th scope="row">{what}</th>
            <td>{ofNew}</td>
            <td>{ofOthers}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
