import type { RankingNumbers } from "#app/ranking/ranking.ts";

/** The formula as one line with the site's numbers in it. */
export function FormulaText({ numbers }: { numbers: RankingNumbers }) {
  return (
    <p className="formula">
      score = {numbers.reactionWeight} × ln(1 + likes) + {numbers.commentWeight} × ln(1 + people who comment) − age in
      hours ÷ {numbers.hoursPerPoint}
    </p>
  );
}
