import { href } from "react-router";
import { z } from "zod";

const answerSchema = z.union([z.object({ markdown: z.string() }), z.object({ error: z.string() })]);
export type PictureAnswer = z.infer<typeof answerSchema>;

const maxWaitMs = 120_000;

/** Sends one picture, and tells how far it is: from 0 to 1. It never fails otherwise than in words. */
export function sendPicture(file: File, onProgress: (fraction: number) => void): Promise<PictureAnswer> {
  const form = new FormData();
  form.set("image", file);
  // fetch does not tell how much is sent.
  const request = new XMLHttpRequest();
  request.open("POST", href("/images"));
  request.setRequestHeader("Accept", "application/json");
  request.timeout = maxWaitMs;
  request.upload.onprogress = ({ lengthComputable, loaded, total }) => lengthComputable && onProgress(loaded / total);
  return new Promise((resolve) => {
    request.onload = () => resolve(answerOf(request));
    request.onerror = () => resolve(lost);
    request.ontimeout = () => resolve(lost);
    request.send(form);
  });
}

const lost: PictureAnswer = { error: "The picture did not arrive. Check your connection and try again." };

function answerOf({ status, responseText }: XMLHttpRequest): PictureAnswer {
  const answer = answerSchema.safeParse(parsed(responseText));
  if (answer.success) return answer.data;
  switch (status) {
    case 401:
      return { error: "You were signed out meanwhile. Sign in in another tab, then add the picture again." };
    case 413:
      return { error: "The file is larger than 10 MB. Choose a smaller one, or save it smaller." };
    case 429:
      return { error: "You have added many pictures. Wait a while, then try again." };
    default:
      return lost;
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
