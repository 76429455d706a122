import { readFileSync } from 'node:fs';
import { test } from '@playwright/test';
import { signIn } from './sign-in.ts';

const ROUNDS = 300;
/** The first answers fill caches and are not what a person waits for all day. */
const WARM_UP = 30;

const paths = (process.env['BENCH_OF'] ?? '/').split(' ');
const role = process.env['BENCH_AS'] ?? 'coordinator';

test('how long pages take', async ({ page, context, baseURL }) => {
  await signIn(page, role);
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  console.log(`idle memory: ${residentMegabytes()} MB`);
  for (const path of paths) {
    const times: number[] = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const start = performance.now();
      // One kept connection on loopback: what is measured is the server, plus some tenths of a millisecond of client.
      const answer = await fetch(new URL(path, baseURL), { headers: { cookie }, redirect: 'manual' });
      const { byteLength } = await answer.arrayBuffer();
      if (answer.status !== 200 || byteLength === 0) {
        throw new Error(`${path} answered ${answer.status}`);
      }
      if (round >= WARM_UP) {
        times.push(performance.now() - start);
      }
    }
    times.sort((a, b) => a - b);
    const [p50, p95, worst] = [0.5, 0.95, 1].map((share) => times[Math.ceil(share * ROUNDS) - 1]?.toFixed(1));
    console.log(`${path}: p50 ${p50} ms, p95 ${p95} ms, worst ${worst} ms of ${ROUNDS}`);
  }
  console.log(`memory afterwards: ${residentMegabytes()} MB`);
});

function residentMegabytes(): string {
  const status = readFileSync(`/proc/${process.env['NASTAVNIK_PID']}/status`, 'utf8');
  return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024).toFixed(0);
}
