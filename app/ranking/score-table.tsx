import type { RankingFacts, RankingNumbers } from "#app/ranking/ranking.ts";
import { scoreOf } from "#app/ranking/ranking.ts";

/** The terms of a post's score, one a line, and their sum. */
export function ScoreTable({ facts, numbers }: { facts: RankingFacts; numbers: RankingNumbers }) {
  const score = scoreOf(facts, numbers);
  const { reactions, commenters, ageHours } = facts;
  const rows = [
    {
      what: reactions === 1 ? "1 like" : `${reactions.toLocaleString("en")} likes`,
      how: `${numbers.reactionWeight} × ln(1 + ${reactions})`,
      points: score.reactions,
    },
    {
      what: commenters === 1 ? "1 person comments" : `${commenters.toLocaleString("en")} people comment`,
      how: `${numbers.commentWeight} × ln(1 + ${commenters})`,
      points: score.comments,
    },
    {
      what: `${ageHours.toLocaleString("en", { maximumFractionDigits: 1 })} hours old`,
      how: `− ${ageHours.toFixed(2)} ÷ ${numbers.hoursPerPoint}`,
      points: score.age,
    },
  ];
  return (
    <table className="score-table">
      <thead>
        <tr>
          <th scope="col">What counts</th>
          <th scope="col">How</th>
          <th scope="col">Points</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ what, how, points }) => (
          <tr key={how}>
            <th scope="row">{what}</th>
            <td className="score-how">{how}</td>
            <td data-term={points}>{pointsWords(points)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            Score
          </th>
          <td data-score={score.score}>{pointsWords(score.score)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function pointsWords(points: number): string {
  return points.toFixed(3).replace("-", "−");
}
