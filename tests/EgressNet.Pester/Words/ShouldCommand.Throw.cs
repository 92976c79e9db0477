using System.Management.Automation;
using EgressNet.Pester.Running;

namespace EgressNet.Pester.Words;

public sealed partial class ShouldCommand
{
    private void AssertThrow()
    {
        object? actual = _actual.Count == 0 ? null : _actual[0];
        if ((actual is PSObject wrapped ? wrapped.BaseObject : actual) is not ScriptBlock script)
        {
            Fail("Input is missing or not a ScriptBlock");
            return;
        }

        ErrorRecord? error = Caught(script);
        string[] buts = Not ? [] : [.. Buts(error)];
        if (Not && error is not null)
            Fail($"Expected no exception to be thrown, but got \"{error.Exception.Message}\"");
        else if (buts.Length > 0)
            Fail($"Expected an exception to be thrown, but {string.Join(" and ", buts)}");
        else if (PassThru && error is not null)
            WriteObject(error);
    }

    private static ErrorRecord? Caught(ScriptBlock script)
    {
        try
        {
            Scope.EnterTry(script);
            return null;
        }
        catch (RuntimeException exception) when (Failure.IsReported(exception))
        {
            return exception.ErrorRecord;
        }
    }

    private IEnumerable<string> Buts(ErrorRecord? error)
    {
        if (error is null)
        {
            yield return "no exception was thrown";
            yield break;
        }

        if (ExceptionType is not null && !ExceptionType.IsInstanceOfType(error.Exception))
            yield return $"the exception type was {error.Exception.GetType()}";
        if (!string.IsNullOrWhiteSpace(ExpectedMessage)
            && !Comparison.Like(error.Exception.Message, ExpectedMessage, ignoreCase: true))
            yield return $"the message was {Comparison.Show(error.Exception.Message)}";
        if (!string.IsNullOrWhiteSpace(ErrorId)
            && !Comparison.Like(error.FullyQualifiedErrorId, ErrorId, ignoreCase: true))
            yield return $"the FullyQualifiedErrorId was {Comparison.Show(error.FullyQualifiedErrorId)}";
    }
}
