import { type Counted, counted, type DayFigures } from "#app/admin/dashboard/figures.ts";
import { fullDate } from "#app/ui/time-ago.tsx";

const bar = { width: 20, gap: 4 };
const height = 100;

/** Bars per day as a picture that says itself in words, and the same numbers as a table. */
export function Plot({ of, days }: { of: Counted; days: DayFigures[] }) {
  const { title, one, many } = counted[of];
  const values = days.map((day) => day[of]);
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  const total = values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  const [first, last] = [days[0], days.at(-1)];
  const number = (value: number) => value.toLocaleString("en-GB");
  const said = (value: number) => `${number(value)} ${value === 1 ? one : many}`;
  return (
    <figure className="plot">
      <figcaption>
        <h2>{title}</h2>
        <p className="muted">
          {`${said(last?.[of] ?? 0)} today${of === "activePeople" ? "" : `, ${number(total)} in ${days.length} days`}, at most ${number(most)} a day`}
        </p>
      </figcaption>
      <svg
        viewBox={`0 0 ${days.length * bar.width} ${height + 1}`}
        role="img"
        aria-labelledby={`plot-${of}-title plot-${of}-words`}
        preserveAspectRatio="none"
      >
        <title id={`plot-${of}-title`}>{`${title} per day`}</title>
        <desc id={`plot-${of}-words`}>
          {`Bars for ${days.length} days up to ${last ? fullDate(last.day) : "today"}; the tallest one stands for ${said(most)}. The numbers are in the table below.`}
        </desc>
        {values.map((value, index) => {
          const tall = most > 0 ? Math.max(value ? 2 : 0, Math.round(((value ?? 0) / most) * height)) : 0;
          return (
            <rect
              key={days[index]?.day}
              className="plot-bar"
              x={index * bar.width + bar.gap / 2}
              y={height - tall}
              width={bar.width - bar.gap}
              height={tall}
            />
          );
        })}
        <rect className="plot-line" x={0} y={height} width={days.length * bar.width} height={1} />
      </svg>
      <p className="plot-ends muted" aria-hidden="true">
        <span>{first && fullDate(first.day)}</span>
        <span>{last && fullDate(last.day)}</span>
      </p>
      <details>
        <summary>The numbers</summary>
        <table className="figures-table">
          <caption className="sr-only">{`${title} per day`}</caption>
          <thead>
            <tr>
              <th scope="col">Day (UTC)</th>
              <th scope="col" className="number">
                {title}
              </th>
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map((day) => (
              <tr key={day.day}>
                <th scope="row">{fullDate(day.day)}</th>
                <td className="number">{day[of] === null ? "not counted" : number(day[of])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
