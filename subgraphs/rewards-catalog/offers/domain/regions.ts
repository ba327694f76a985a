/** The code of a region as the administration writes it: six digits, such as `310000`. */
export const isRegion = (code: string): boolean => /^[1-9]\d{5}$/.test(code);

/** A region and those it lies in: the city `440300` lies in the province `440000`. */
export const regionsAround = (code: string): string[] => [
  ...new Set([code, `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`]),
];

/** Whether what is offered in these regions can be had in this one. */
export const covers = (regions: readonly string[], code: string): boolean =>
  regionsAround(code).some((region) => regions.includes(region));
