import {
  definePlugin,
  ExpressiveCodeAnnotation,
  type AnnotationRenderOptions,
  type ExpressiveCodeBlock,
} from '@astrojs/starlight/expressive-code';
import { h, select, type Element } from '@astrojs/starlight/expressive-code/hast';
import type { SpanKind } from '../transcript/highlight-reply.ts';
import { parseTranscript, type Transcript } from '../transcript/parse.ts';
import { highlightLine } from './highlight-line.ts';
import { transcriptStyles } from './styles.ts';

interface RedisBlock {
  source: string;
  transcript: Transcript;
}

/**
 * Expressive Code plugin for ```redis fences: colours, a copy button that copies what is typed, and beneath each fence
 * that is not `norun` a bar with a Run button. All of it is static HTML; `src/lesson-run` answers the button.
 *
 * It does the colouring itself instead of handing a TextMate grammar to Shiki: the language has one reader
 * (`parseTranscript`) and Redis's own table knows which words are keys, which no grammar can.
 *
 * Throws, and with it the build, when a transcript cannot be read.
 */
export function redisTranscripts() {
  const blocks = new WeakMap<ExpressiveCodeBlock, RedisBlock>();
  return definePlugin({
    name: 'Redis transcripts',
    baseStyles: transcriptStyles,
    hooks: {
      preprocessMetadata: ({ codeBlock }) => {
        if (codeBlock.language !== 'redis') return;
        blocks.set(codeBlock, { source: codeBlock.code, transcript: readTranscript(codeBlock) });
      },
      postprocessAnalyzedCode: ({ codeBlock }) => {
        const block = blocks.get(codeBlock);
        codeBlock.getLines().forEach((line, index) => {
          const read = block?.transcript.lines[index];
          if (!read) return;
          // Shiki has painted the line as plain text, which would win over the colours set around it.
          for (const annotation of line.getAnnotations()) line.deleteAnnotation(annotation);
          // The backslash that marks a reply line is for whoever reads the source.
          line.editText(0, line.text.length, read.text);
        });
      },
      annotateCode: ({ codeBlock }) => {
        const block = blocks.get(codeBlock);
        codeBlock.getLines().forEach((line, index) => {
          const read = block?.transcript.lines[index];
          if (!read) return;
          for (const span of highlightLine(read))
            line.addAnnotation(new KindAnnotation(span.kind, span.start, span.end));
        });
      },
      postprocessRenderedBlock: ({ codeBlock, renderData }) => {
        const block = blocks.get(codeBlock);
        if (!block) return;
        const figure = renderData.blockAst;
        const typed = block.transcript.steps.flatMap((step) => (step.kind === 'type' ? [step.text] : []));
        const copy = select('.copy button', figure);
        if (copy) {
          copy.properties['dataCode'] = typed.join('\u007f');
          copy.properties['title'] = 'Copy the commands';
        }
        if (codeBlock.metaOptions.getBoolean('norun')) return;
        figure.properties['dataRedisTranscript'] = block.source;
        figure.children.push(runBar(typed));
      },
    },
  });
}

function readTranscript(codeBlock: ExpressiveCodeBlock): Transcript {
  const transcript = parseTranscript(codeBlock.code);
  const problem = transcript.problems[0];
  if (!problem || codeBlock.metaOptions.getBoolean('norun')) return transcript;
  const page = codeBlock.parentDocument?.sourceFilePath ?? 'a page';
  throw new Error(
    `${page}: line ${problem.line + 1} of a redis fence cannot be read: expected ${problem.expected}, found \`${problem.found}\`. ${problem.hint}`,
  );
}

/** The label begins with what is seen, as voice control needs it, and tells one Run from another. */
function runBar(typed: readonly string[]): Element {
  const more = typed.length > 1 ? ` and ${typed.length - 1} more` : '';
  return h('div', { className: ['redis-bar'] }, [
    h('button', { type: 'button', className: ['redis-run'], 'aria-label': `Run ${typed[0] ?? ''}${more}` }, 'Run'),
    h('span', { className: ['redis-status'], role: 'status' }),
  ]);
}

/** Gives a piece of a line a class, so that the colour comes from the style sheet of the theme. */
class KindAnnotation extends ExpressiveCodeAnnotation {
  readonly kind: SpanKind;
  constructor(kind: SpanKind, columnStart: number, columnEnd: number) {
    super({ inlineRange: { columnStart, columnEnd } });
    this.kind = kind;
  }
  render({ nodesToTransform }: AnnotationRenderOptions) {
    return nodesToTransform.map((node) => h('span', { className: [`redis-${this.kind}`] }, node));
  }
}
