import BreakIt from './BreakIt.astro';
import CommandList from './CommandList.astro';
import Complexity from './Complexity.astro';
import Exercise from './Exercise.astro';
import Figure from './Figure.astro';
import InProduction from './InProduction.astro';
import LogPrompt from './LogPrompt.astro';
import Question from './Question.astro';
import SelfCheck from './SelfCheck.astro';
import Source from './Source.astro';
import UnderTheHood from './UnderTheHood.astro';

/** What a lesson may use without importing it. */
export const lessonComponents = {
  BreakIt,
  CommandList,
  Complexity,
  Exercise,
  Figure,
  InProduction,
  LogPrompt,
  Question,
  SelfCheck,
  Source,
  UnderTheHood,
};
