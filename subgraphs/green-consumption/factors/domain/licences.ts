/** Under what the numbers may be used that are copied here. Data under other licences is not copied. */
export const PUBLIC_INFORMATION = 'Public information of Chinese authorities';
export const OPEN_GOVERNMENT = 'OGL-UK-3.0';
export const MIT = 'MIT';
/** A single number with its source named; no data set of theirs is copied. */
export const CITED = 'Single number, cited';
