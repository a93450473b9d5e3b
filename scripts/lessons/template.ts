import type { PlannedLesson } from '../prose/curriculum.ts';

/** A lesson's file with all its parts, as a draft: transcripts, exercise and questions already pass. */
export function lessonTemplate({ slug, title, minutes, level }: PlannedLesson): string {
  const fence = '```';
  return `---
title: ${JSON.stringify(title).includes('\\') || /[:#]/.test(title) ? JSON.stringify(title) : title}
description: One sentence for lists and search engines.
takeaway: The one sentence to remember.
minutes: ${minutes}
level: ${level}
machine: single
draft: true
prerequisites: []
objectives:
  - say what
commands:
  - PING
complexity:
  - { commands: [PING], cost: O(1) }
---

## One idea

${fence}redis
> PING
PONG
${fence}

<UnderTheHood>

## Under the hood

<Source file="server.c">processCommand</Source> does it.

<Complexity />

</UnderTheHood>

<BreakIt guess="What will the server reply?">

## Break it

${fence}redis
> PONG
(error) ERR unknown command 'PONG', with args beginning with:
${fence}

</BreakIt>

<InProduction>

## In production

- **How it fails.**
- **What to watch.**
- **What it costs.**
- **Security.**

</InProduction>

## Your turn

${fence}exercise
id: ${slug}
title: What is to be done
task: |
  Put \`hello\` into \`greeting\`.
check:
  - key: greeting
    type: string
    why: A text is a string.
    wrong: |
      > RPUSH greeting hello
  - key: greeting
    value: hello
    why: The text is \`hello\`.
    wrong: |
      > SET greeting bye
hints:
  - "\`SET key value\`"
solution: |
  > SET greeting hello
  OK
${fence}

## Questions

${fence}question
id: what-prints
kind: prints
ask: A text is not a number.
run: |
  > SET n x
  OK
  > INCR n
  (error) ERR value is not an integer or out of range
why: Why this is the answer.
${fence}

## Before you go on

<SelfCheck>

- I can say why.

</SelfCheck>

<LogPrompt>

What did you expect, what happened, and why?

</LogPrompt>

## Commands of this lesson

<CommandList />
`;
}
