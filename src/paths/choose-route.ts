export const QUESTIONS = [
  {
    name: 'time',
    question: 'How much time have you got?',
    answers: [
      { value: 'week', label: 'Whole days, for about a week' },
      { value: 'evenings', label: 'An hour or two a day, for some weeks' },
      { value: 'open', label: 'No calendar' },
    ],
  },
  {
    name: 'goal',
    question: 'What is it for?',
    answers: [
      { value: 'new', label: 'Redis is new to me' },
      { value: 'work', label: 'I use Redis and want to know it better' },
      { value: 'interview', label: 'I have interviews ahead' },
      { value: 'unsure', label: 'I am not sure' },
    ],
  },
  {
    name: 'extent',
    question: 'How much of it do you want?',
    answers: [
      { value: 'essentials', label: 'What a backend needs' },
      { value: 'spring', label: 'What a Spring Boot application needs' },
      { value: 'everything', label: 'Everything, internals too' },
    ],
  },
] as const;

type Question = (typeof QUESTIONS)[number];
/** An answer to each question, by its name; one that was not given is missing. */
export type Answers = { [Name in Question['name']]?: string | undefined };

/**
 * The route for somebody with these answers, undefined while one is missing. To whom Redis is new, and who is not sure,
 * the four weeks for beginners are given, however much time there is: the others expect that one knows what a key is.
 */
export function chooseRoute({ time, goal, extent }: Answers): string | undefined {
  if (time === undefined || goal === undefined || extent === undefined) return undefined;
  if (goal === 'interview') return time === 'week' ? 'seven-days' : 'four-weeks/interview';
  if (goal !== 'work') return 'four-weeks/beginner';
  if (extent === 'spring') return 'forty-two-lessons';
  if (extent === 'essentials') return 'sixteen-steps';
  return time === 'week' ? 'seven-days' : 'masterclass';
}
