using System.Management.Automation;

namespace EgressNet.Pester.Words;

public sealed partial class ShouldCommand
{
    private Dictionary<string, Func<object?[], bool>> Collections => new()
    {
        [nameof(Be)] = actual => Comparison.Same(actual, Expected, ignoreCase: true),
        [nameof(BeExactly)] = actual => Comparison.Same(actual, Expected, ignoreCase: false),
        [nameof(BeNullOrEmpty)] = Comparison.NullOrEmpty,
        [nameof(Contain)] = actual => actual.Any(item => LanguagePrimitives.Equals(item, Expected, ignoreCase: true)),
        [nameof(HaveCount)] = actual => actual.Length == LanguagePrimitives.ConvertTo<int>(Expected),
    };

    private Dictionary<string, Func<object?, bool>> Items => new()
    {
        [nameof(BeTrue)] = LanguagePrimitives.IsTrue,
        [nameof(BeFalse)] = actual => !LanguagePrimitives.IsTrue(actual),
        [nameof(Match)] = actual => Comparison.Matches(actual, Expected, ignoreCase: true),
        [nameof(MatchExactly)] = actual => Comparison.Matches(actual, Expected, ignoreCase: false),
        [nameof(BeLike)] = actual => Comparison.Like(actual, Expected, ignoreCase: true),
        [nameof(BeLikeExactly)] = actual => Comparison.Like(actual, Expected, ignoreCase: false),
        [nameof(BeOfType)] = actual => Comparison.IsOfType(actual, Expected),
        [nameof(BeIn)] = actual => Comparison.Enumerate(Expected).Any(
            item => LanguagePrimitives.Equals(item, actual, ignoreCase: true)),
        [nameof(BeGreaterThan)] = actual => LanguagePrimitives.Compare(actual, Expected, ignoreCase: true) > 0,
        [nameof(BeLessThan)] = actual => LanguagePrimitives.Compare(actual, Expected, ignoreCase: true) < 0,
        [nameof(BeGreaterOrEqual)] = actual => LanguagePrimitives.Compare(actual, Expected, ignoreCase: true) >= 0,
        [nameof(BeLessOrEqual)] = actual => LanguagePrimitives.Compare(actual, Expected, ignoreCase: true) <= 0,
    };

    private bool HasExpectation => ParameterSetName is not (nameof(BeTrue) or nameof(BeFalse) or nameof(BeNullOrEmpty));

    private object? Expected => ExpectedValue ?? (object?)RegularExpression ?? ExpectedType;
}
