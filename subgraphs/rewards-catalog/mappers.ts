/** From which row each type of the contract is resolved. Read by `npm run generate`. */
export type {};
