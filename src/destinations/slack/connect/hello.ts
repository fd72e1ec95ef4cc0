import { message, type SlackMessage, section } from '../render.ts';

/** What `connect slack` posts: proof that it works, for everybody who reads the channel. */
export const HELLO: SlackMessage = message('Tidings is connected: activity will be told here', '', [
  section('👋  *Tidings is connected*\nGitHub activity that its rules ask for will be told here.'),
  {
    type: 'context',
    elements: [{ type: 'mrkdwn', text: 'posted by `tidings connect slack`', verbatim: true }],
  },
]);
