export {
  databaseWords,
  destinationWords,
  isCalled,
  localUrl,
  secretWords,
  shortPath,
  tellingWords,
  webhookPath,
} from '../config/describe/place-words.ts';
