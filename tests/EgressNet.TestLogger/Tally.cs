using Microsoft.VisualStudio.TestPlatform.ObjectModel;

namespace EgressNet.TestLogger;

internal sealed class Tally
{
    private int _passed;
    private int _failed;
    private int _skipped;

    public void Count(TestOutcome outcome)
    {
        if (outcome is TestOutcome.Passed)
            _passed++;
        else if (outcome is TestOutcome.Skipped)
            _skipped++;
        else
            _failed++;
    }

    public override string ToString() => $"{_passed} passed, {_failed} failed, {_skipped} skipped";
}
