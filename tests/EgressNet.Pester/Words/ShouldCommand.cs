using System.Management.Automation;
using EgressNet.Pester.Running;

namespace EgressNet.Pester.Words;

/// <summary>The assertion: collects what is piped in, and hands it whole or one by one to the operator.</summary>
[Cmdlet("EgressNet", "Should")]
public sealed partial class ShouldCommand : PSCmdlet
{
    private readonly List<object?> _actual = [];

    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public object? ActualValue { get; set; }

    [Parameter]
    public SwitchParameter Not { get; set; }

    [Parameter]
    public string? Because { get; set; }

    protected override void ProcessRecord()
    {
        if (MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(ActualValue)))
            _actual.Add(ActualValue);
    }

    protected override void EndProcessing()
    {
        if (SpecRun.Of(SessionState).Case is { } test)
            test.Assertions++;

        if (ParameterSetName is nameof(Throw))
            AssertThrow();
        else if (Collections.TryGetValue(ParameterSetName, out Func<object?[], bool>? whole))
            Assert(whole(Whole()), Whole());
        else if (_actual.Count == 0)
            Assert(Items[ParameterSetName](null), null);
        else
            _actual.ForEach(item => Assert(Items[ParameterSetName](item), item));
    }

    private object?[] Whole() => MyInvocation.ExpectingInput || _actual.Count == 0
        ? [.. _actual]
        : Comparison.Enumerate(_actual[0]);

    private void Assert(bool holds, object? actual)
    {
        if (holds == Not)
            Fail($"Expected {Comparison.Show(actual)} {(Not ? "not " : "")}to {Phrase()}");
    }

    private string Phrase() =>
        ParameterSetName + (HasExpectation ? $" {Comparison.Show(Expected)}" : "");

    private void Fail(string text)
    {
        string because = string.IsNullOrEmpty(Because) ? "" : $", because {Because}";
        ThrowTerminatingError(new ErrorRecord(
            new InvalidOperationException($"{text}{because}."), "PesterAssertionFailed", ErrorCategory.InvalidResult, null));
    }
}
