import { readFileSync } from 'node:fs';

/** One account of the demo school, as `nastavnik demo --json` prints it. */
export type Account = {
  /** The role in the words of the program: `coordinator`, `head`, `class_teacher` … */
  role: string;
  name: string;
  login: string;
  password: string;
};

/** Returns the accounts of the running demo school. */
export function accounts(): Account[] {
  const file = process.env['NASTAVNIK_ACCOUNTS'];
  if (!file) {
    throw new Error('NASTAVNIK_ACCOUNTS is not set: scripts/with-server sets it');
  }
  const { accounts } = JSON.parse(readFileSync(file, 'utf8')) as { accounts: Account[] };
  return accounts;
}

/** Returns the first account with this role; a missing role names those that exist. */
export function account(role: string): Account {
  const all = accounts();
  const found = all.find((one) => one.role === role);
  if (!found) {
    throw new Error(`The demo school has no «${role}»; it has: ${all.map((one) => one.role).join(', ')}`);
  }
  return found;
}
