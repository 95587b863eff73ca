// The organisation of these journeys as a program, for a desk that is deployed: says on its first line by what the two
// know each other, and ends with what it is fed.
//   node provider.mjs DESK_ADDRESS
import { Organisation } from "./organisation.mjs";

const organisation = await Organisation.start();
const { issuer, client, secret } = organisation;
console.log(JSON.stringify({ issuer, client, secret }));
organisation.knows(process.argv[2]);
process.stdin.resume().on("end", () => process.exit());
