const noRoom =
  /no space|not enough space|disk (?:is )?full|disk quota|quota|insufficient (?:disk|storage|space)|exceeded storage|out of space|fail(?:ed|ure) writing to local file|error (?:during|while|in) writ/i;
const missing =
  /no such|not found|does(?:n't| not) exist|cannot find|can't find|can't check for file existence|unknown (?:file|directory)/i;
const exists = /exists|already (?:there|exist)/i;
const forbidden =
  /permission|not (?:allowed|permitted)|denied|forbidden|prohibited|not authori[sz]ed|read-?only|privilege/i;

/** What a server's own words mean, where its code says too little. */
export const speaksOfNoRoom = (text: string) => noRoom.test(text);
export const speaksOfMissing = (text: string) => missing.test(text);
export const speaksOfExisting = (text: string) => exists.test(text);
export const speaksOfForbidden = (text: string) => forbidden.test(text);
