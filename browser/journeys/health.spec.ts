import { expect, test } from '../support/test.ts';

test('a running school answers that it lives and that it is ready', async ({ request }) => {
  for (const path of ['/health/live', '/health/ready']) {
    expect((await request.get(path)).status(), path).toBe(200);
  }
});
