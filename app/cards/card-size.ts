/** Of the picture that other sites show beside a link: what they all ask for. */
export const cardSize = { width: 1200, height: 630 } as const;
