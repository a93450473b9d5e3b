import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkProse, type Surroundings } from './check-prose.ts';
import { checkCompleteness } from './completeness.ts';
import { readCurriculum } from './curriculum.ts';
import type { Finding } from './finding.ts';
import { checkForbiddenWords } from './forbidden.ts';
import { checkLength, estimateMinutes } from './length.ts';
import { readLesson, type Lesson } from './lesson.ts';
import { checkCommands, checkSources } from './names.ts';
import { checkSpelling, readSpeller } from './spelling.ts';
import { checkFigures, checkHeadings, checkLinks } from './structure.ts';

const lesson = (...lines: string[]): Lesson => readLesson('content/docs/lessons/doors.mdx', lines.join('\n'));
const messages = (findings: readonly Finding[]) => findings.map(({ line, message }) => `${line} ${message}`);
const PLANNED = { slug: 'doors', title: 'Doors', minutes: 30, level: 'beginner' };

test('a lesson of the course passes, and fails when its exercise is taken away', async () => {
  const path = 'content/docs/lessons/strings.mdx';
  const source = readFileSync(path, 'utf8');
  const around: Surroundings = {
    curriculum: readCurriculum(readFileSync('content/curriculum.json', 'utf8')),
    figures: new Set(['string-encodings']),
    exists: () => true,
    commands: new Set(
      Object.keys(JSON.parse(readFileSync('src/expressive-code/command-table.json', 'utf8')) as object),
    ),
    source: () => undefined,
    speller: readSpeller(readFileSync('content/words.txt', 'utf8')),
  };
  expect(await checkProse(path, source, around)).toEqual([]);
  const without = source.replace(/```exercise[^]*?\n```\n/, '');
  expect(messages(await checkProse(path, without, around))).toEqual(['1 expected at least 1 exercise, found 0']);
  const draft = without.replace('---\n', '---\ndraft: true\n');
  expect(await checkProse(path, draft, around)).toEqual([]);
});

describe('an incomplete lesson', () => {
  test('is told everything that it lacks', () => {
    expect(messages(checkCompleteness(lesson('# Doors'), PLANNED))).toMatchInlineSnapshot(`
      [
        "1 expected at least 6 transcripts, found 0",
        "1 expected at least 1 exercise, found 0",
        "1 expected at least 5 questions, found 0",
        "1 expected <Figure>, <UnderTheHood>, <Source>, <Complexity>, <BreakIt>, <InProduction>, <SelfCheck>, <LogPrompt>, <CommandList>, found none",
        "1 expected title, description, takeaway, minutes, level, machine, objectives, commands, complexity in the frontmatter, found none",
      ]
    `);
  });

  test('is told which of the four points its section on production lacks', () => {
    const found = checkCompleteness(
      lesson('<InProduction>', '', '- **How it fails.** Loudly.', '- **Security.** None.', '', '</InProduction>'),
      PLANNED,
    );
    expect(messages(found)).toContain('1 expected "What to watch.", "What it costs." in <InProduction>, found none');
  });

  test('is told what the curriculum says otherwise, and when the curriculum does not know it', () => {
    const other = lesson('---', 'title: Windows', 'minutes: 30', 'level: advanced', '---');
    expect(messages(checkCompleteness(other, PLANNED)).slice(-2)).toEqual([
      '1 expected title `Doors`, as in content/curriculum.json, found `Windows`',
      '1 expected level `beginner`, as in content/curriculum.json, found `advanced`',
    ]);
    expect(messages(checkCompleteness(other, undefined)).at(-1)).toBe(
      '1 expected the lesson `doors` in content/curriculum.json, found none',
    );
  });

  test('transcripts that are only shown do not count', () => {
    expect(lesson('```redis norun', '> PING', '```', '', '```redis', '> PING', '```').fences).toEqual({ redis: 1 });
  });
});

test('headings begin with the second level, skip none and differ', () => {
  expect(checkHeadings(lesson('## One', '', '### Two', '', '## Three'))).toEqual([]);
  expect(messages(checkHeadings(lesson('# One', '', '## Two', '', '#### Three', '', '## Two')))).toEqual([
    '1 heading "One": expected ##, as # is the title',
    '5 heading "Three": expected ###, found ####',
    '7 heading "Two": expected a text of its own, found it a second time',
  ]);
});

test('links say where they lead, and lead there', () => {
  const exists = (path: string) => path === '/lessons/strings/';
  expect(
    messages(
      checkLinks(
        lesson(
          '[Strings](/lessons/strings/#top) [source](https://redis.io/)',
          '',
          '[here](/lessons/strings/) [Lists](../lists/) [Sets](/lessons/sets/) [Strings](/lessons/strings)',
        ),
        exists,
      ),
    ),
  ).toEqual([
    '3 link "here": expected a text that says where it leads',
    '3 link "Lists": expected https:// or an address that begins with /, found ../lists/',
    '3 link "Sets": expected a page /lessons/sets/, found none. A planned lesson is named, not linked to',
    '3 link "Strings": expected /lessons/strings/, with a slash at its end',
  ]);
});

test('a drawing is there and says in words what it shows', () => {
  const alt = 'Ten doors in a row, numbered from 0 to 9; door 7 is open and the others are closed.';
  expect(checkFigures(lesson(`<Figure name="doors" alt="${alt}" />`), new Set(['doors']))).toEqual([]);
  expect(
    messages(checkFigures(lesson('<Figure name="gates" alt="Gates" />', '', '![](gates.png)'), new Set(['doors']))),
  ).toEqual([
    '3 expected <Figure>, found a Markdown image',
    '1 expected content/figures/gates.svg, found none',
    '1 figure gates: expected an `alt` that says what the drawing says, found 5 characters',
  ]);
});

test('forbidden words are found in text, attributes, exercises and questions, and not in code', () => {
  const { texts } = lesson(
    'You can `just` do it. Simply try.',
    '',
    '<BreakIt guess="Is it easy?" />',
    '',
    '```question',
    'id: a',
    'kind: choice',
    'ask: What is shown above?',
    'options: [{ text: Of course }]',
    '```',
  );
  expect(messages(checkForbiddenWords(texts)).map((message) => message.replace(/: this.*/, ''))).toEqual([
    '1 "Simply"',
    '3 "easy"',
    '5 "shown above"',
    '5 "Of course"',
  ]);
});

test('misspelt words are found once; names, code, options and accepted words are none', async () => {
  const { texts } = lesson(
    'The colour of a skiplist: teh `xyzzy`, teh --bigkeys and used_memory, DNA and <Source file="a.c">sdsnewlen</Source>.',
  );
  expect(messages(await checkSpelling(texts, readSpeller('# ours\nskiplist\n')))).toEqual([
    '1 "teh" is in no dictionary; if it is right, add it to content/words.txt',
  ]);
  expect((await checkSpelling(texts, readSpeller(''))).length).toBe(2);
});

test('the minutes fit the text, and a section is no wall', () => {
  const words = (count: number) => Array<string>(count).fill('door').join(' ');
  expect(estimateMinutes(lesson(words(200), '', '```redis', '> PING', '```'))).toBe(1.5);
  expect(checkLength(lesson('---', 'minutes: 2', '---', '', '## One', '', words(400)))).toEqual([]);
  expect(messages(checkLength(lesson('---', 'minutes: 60', '---', '', '## One', '', words(421))))).toEqual([
    '1 expected 24 to 78 minutes of reading and trying for `minutes: 60`, estimated 2',
    '5 section "One": expected at most 420 words between two headings, found 421',
  ]);
});

test('a source names a file and a function that is in it', () => {
  const source = (file: string) => (file === 't_string.c' ? 'void setGenericCommand(client *c) {' : undefined);
  const page = lesson(
    '<Source file="t_string.c">setGenericCommand</Source>',
    '',
    '<Source file="t_string.c">setGeneric</Source>',
    '',
    '<Source file="strings">x</Source>',
  );
  expect(messages(checkSources(page, source))).toEqual([
    '3 <Source>: expected `setGeneric` in t_string.c, found none',
    '5 <Source>: expected a file of upstream\'s src/, found "strings"',
  ]);
});

test('commands of the frontmatter are commands of Redis', () => {
  const page = lesson(
    '---',
    'commands: [SET, CONFIG GET, GTE]',
    'complexity: [{ commands: [STE], cost: O(1) }]',
    '---',
  );
  expect(messages(checkCommands(page, new Set(['set', 'config|get'])))).toEqual([
    '1 commands: expected a command of Redis 7.0, found "GTE"',
    '1 commands: expected a command of Redis 7.0, found "STE"',
  ]);
});
