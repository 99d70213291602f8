import { href } from "react-router";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";

/** The backup codes, this once. */
export function BackupCodes({ codes }: { codes: string[] }) {
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${codes.join("\n")}\n`)}`;
  return (
    <>
      <p className="notice" role="status">
        Your second factor is on. These are your backup codes: keep them where you do not need your phone.
      </p>
      <p>Each one lets you in once in place of the app. They are shown this once; you can make new ones at any time.</p>
      <ul className="backup-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p className="actions">
        <a className={buttonClass("plain")} href={file} download="backup-codes.txt">
          Download them
        </a>
        <Link className={buttonClass()} to={href("/settings/security")}>
          I have kept them
        </Link>
      </p>
    </>
  );
}
