/** How the JSON records of the topics are written and read. */
package io.rostrum.contracts.json;
