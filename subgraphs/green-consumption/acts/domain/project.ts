/** The behaviour of acts that are taking part in a project. */
export const PROJECT = 'PROJECT';

/** Taking part is not measured: it is one time. */
export const PROJECT_UNIT = 'time';
