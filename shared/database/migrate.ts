import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';

/** A migration: `name` ends in the 13 digits of its making, which is the order of running. */
export type MigrationClass = new () => MigrationInterface & { readonly name: string };

/** Brings the tables to the newest form. Running it again does nothing. */
export async function migrateToHead(dataSource: DataSource): Promise<string[]> {
  const done = await dataSource.runMigrations({ transaction: 'none' });
  return done.map(({ name }) => name);
}

/** Makes a migration of statements that both engines understand. Forward only. */
export function migration(name: string, statements: readonly string[]): MigrationClass {
  return class implements MigrationInterface {
    readonly name = name;

    async up(run: QueryRunner): Promise<void> {
      for (const statement of statements) await run.query(statement);
    }

    async down(): Promise<void> {
      throw new Error(`${name} is not undone: restore a backup, or write a migration forward`);
    }
  };
}
