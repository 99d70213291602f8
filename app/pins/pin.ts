/** So many posts stand on top of a profile. */
export const maxPins = 3;
