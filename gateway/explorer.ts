import { Router } from 'express';

export type ExplorerOptions = Readonly<{
  /** The variables of the saved operations, by the name of their file. */
  variables?: Readonly<Record<string, object>>;
}>;

/** The page on which to try the graph. */
export function explorerPages(_: ExplorerOptions): Router {
  return Router();
}
