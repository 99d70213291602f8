/** Line icons, 24 × 24, drawn for the site; the word beside or the label around them says what they mean. */
const paths = {
  home: "M4 11.5 12 4l8 7.5V20h-5.5v-5.5h-5V20H4z",
  pen: "M4 20l.9-3.9L15.6 5.4a1.8 1.8 0 0 1 2.5 0l.5.5a1.8 1.8 0 0 1 0 2.5L7.9 19.1zM14 7l3 3",
  user: "M12 12.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c1-3.6 4-5 7.5-5s6.5 1.4 7.5 5",
  users:
    "M9 12a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5c.8-3 3.3-4.5 6.5-4.5s5.7 1.5 6.5 4.5M15.5 5.3a3.4 3.4 0 0 1 0 6.4M18 15.3c1.9.7 3 2 3.5 4.2",
  comment: "M4.5 5.5h15v10.5h-8l-4 3.5v-3.5h-3z",
  heart: "M12 19.5 5.2 12.6a4.2 4.2 0 0 1 6-6l.8.9.8-.9a4.2 4.2 0 0 1 6 6z",
  search: "M11 17.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.8 15.8 20 20",
  shield: "M12 3.5 5 6v5.5c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6z",
  draft: "M6 3.5h8.5L18.5 7.5v13H6zM14 3.5v4.5h4.5M9 12.5h6.5M9 16h6.5",
  gear: "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 3.5v2.5M12 18v2.5M3.5 12H6M18 12h2.5M6 6l1.8 1.8M16.2 16.2 18 18M6 18l1.8-1.8M16.2 7.8 18 6",
  link: "M10 14.5a4 4 0 0 0 5.7 0l3-3A4 4 0 1 0 13 5.8l-.8.8M14 9.5a4 4 0 0 0-5.7 0l-3 3A4 4 0 1 0 11 18.2l.8-.8",
  arrow: "M5 12h14M13 6l6 6-6 6",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, filled = false }: { name: IconName; filled?: boolean }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" fill={filled ? "currentColor" : "none"}>
      <path d={paths[name]} />
    </svg>
  );
}
