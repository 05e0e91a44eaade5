/** What a registry shows at one moment, kept as it was, for whoever looks at it at leisure. */
package io.narthex.tools.reading;
