/** Contract tests that anybody's plugin can inherit, a brute-force oracle, and real data to test on. */
package org.ruvector.testkit;
