import { ExpressiveCode } from '@astrojs/starlight/expressive-code';
import { select, selectAll, toText, type Element } from '@astrojs/starlight/expressive-code/hast';
import { expect, test } from 'vitest';
import { redisTranscripts } from './plugin.ts';

async function render(code: string, meta = ''): Promise<Element> {
  const engine = new ExpressiveCode({
    plugins: [redisTranscripts()],
    shiki: { langAlias: { redis: 'txt' } },
    // It logs what it also throws.
    logger: { error: () => undefined },
  });
  const { renderedGroupAst } = await engine.render({ code, language: 'redis', meta });
  return renderedGroupAst;
}
const text = (element: Element | null | undefined) => (element ? toText(element) : undefined);

test('a transcript is readable as it is, without the backslash of escaped lines', async () => {
  const html = await render('> INFO server\n\\# Server\nredis_version:7.0.15');
  expect(selectAll('.ec-line', html).map(text)).toEqual(['> INFO server', '# Server', 'redis_version:7.0.15']);
});

test('copying takes what is typed, without prompts and replies', async () => {
  const html = await render('# first\n> SET a 1\nOK\nalice> GET a\n"1"\n# wait 1s\n$ redis-cli PING\nPONG\nalice>');
  expect(select('.copy button', html)?.properties['dataCode']).toBe('SET a 1\u007fGET a\u007fredis-cli PING');
});

test('the Run button says what it runs, and the fence carries its source', async () => {
  const source = '> SET a 1\nOK\n> GET a\n"1"';
  const html = await render(source);
  expect(text(select('.redis-run', html))).toBe('Run');
  expect(select('.redis-run', html)?.properties['ariaLabel']).toBe('Run SET a 1 and 1 more');
  expect(select('.redis-status', html)?.properties['role']).toBe('status');
  expect(select('figure', html)?.properties['dataRedisTranscript']).toBe(source);
});

test('a fence that is not to be run has no button', async () => {
  const html = await render('> SHUTDOWN', 'norun');
  expect(select('.redis-run', html)).toBeFalsy();
  expect(select('figure', html)?.properties['dataRedisTranscript']).toBeUndefined();
});

test('words have the class of what they are', async () => {
  const html = await render('> SET bike:1 "Deimos" EX 60\n(error) ERR x');
  const kinds = ['prompt', 'command', 'key', 'string', 'option', 'number', 'error'];
  expect(kinds.map((kind) => text(select(`.redis-${kind}`, html)))).toEqual([
    '>',
    'SET',
    'bike:1',
    '"Deimos"',
    'EX',
    '60',
    '(error) ERR x',
  ]);
});

test('a transcript that cannot be read stops the build', async () => {
  await expect(render('> GET a\n127.0.0.1:6379> GET b')).rejects.toThrow(
    'line 2 of a redis fence cannot be read: expected a prompt',
  );
});
