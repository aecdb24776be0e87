import { expect, test } from '../../support/fixtures';
import { forEach, itemsOf, jobOver, newestJob } from '../../support/jobs';

// So many that a job over them is met half way, twice.
test.use({ conversations: 60_000 });
test.setTimeout(180_000);

test('a reload half way keeps the progress, and a power cut too: the receipt adds up and each has one closing record', async ({ open, server }) => {
  const boss = await open('super', '/inbox/all?group=open');
  await boss.select('Todas las que coinciden');
  const dialog = await boss.startBulkClosing();
  const words = `Corte de luz ${Date.now()}`;
  const [changes] = await dialog.fill(words);
  await dialog.confirm();
  await expect(boss.job(/Cerrando/)).toBeVisible();
  await boss.page.reload();
  await expect(boss.job(/Cerrando/)).toBeVisible();

  const admin = server.as('super@demo.test');
  const before = await newestJob(admin);
  expect(before.state).toBe('running');
  const port = Number(new URL(server.url).port);
  await server.stop('SIGKILL');
  await server.start(60_000, port);

  const job = await jobOver(server.as('super@demo.test'), before.id);
  expect(job.matched).toBe(changes);
  expect(job.done + job.skipped + job.failed).toBe(changes);
  expect(job.failed).toBe(0);
  const items = await itemsOf(admin, job.id, 'done');
  expect(new Set(items.map((item) => item.conversation_id)).size).toBe(job.done);
  const sample = items.filter((_, place) => place % 50 === 0);
  await forEach(sample, async ({ conversation_id }) => {
    const { items: episodes } = await admin.get(`/conversations/${conversation_id}/episodes`);
    const records = episodes.filter((episode: any) => episode.closing?.description === words);
    expect(records, conversation_id).toHaveLength(1);
  });
  // The page comes back by itself and tells the end.
  const title = new RegExp(`^${job.done.toLocaleString('es-MX')} de `);
  const receipt = await boss.openReceipt(title);
  await expect(receipt.getByRole('tab', { name: /^Cerradas/ })).toHaveAttribute('aria-selected', 'true');
});
