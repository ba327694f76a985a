export { greenActGroups } from './acts/lists.ts';
