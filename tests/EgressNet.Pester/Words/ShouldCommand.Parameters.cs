using System.Management.Automation;

namespace EgressNet.Pester.Words;

public sealed partial class ShouldCommand
{
    [Parameter(ParameterSetName = nameof(Be), Mandatory = true)]
    public SwitchParameter Be { get; set; }

    [Parameter(ParameterSetName = nameof(BeExactly), Mandatory = true)]
    public SwitchParameter BeExactly { get; set; }

    [Parameter(ParameterSetName = nameof(Contain), Mandatory = true)]
    public SwitchParameter Contain { get; set; }

    [Parameter(ParameterSetName = nameof(HaveCount), Mandatory = true)]
    public SwitchParameter HaveCount { get; set; }

    [Parameter(ParameterSetName = nameof(BeLike), Mandatory = true)]
    public SwitchParameter BeLike { get; set; }

    [Parameter(ParameterSetName = nameof(BeLikeExactly), Mandatory = true)]
    public SwitchParameter BeLikeExactly { get; set; }

    [Parameter(ParameterSetName = nameof(BeIn), Mandatory = true)]
    public SwitchParameter BeIn { get; set; }

    [Parameter(ParameterSetName = nameof(BeGreaterThan), Mandatory = true)]
    public SwitchParameter BeGreaterThan { get; set; }

    [Parameter(ParameterSetName = nameof(BeLessThan), Mandatory = true)]
    public SwitchParameter BeLessThan { get; set; }

    [Parameter(ParameterSetName = nameof(BeGreaterOrEqual), Mandatory = true)]
    public SwitchParameter BeGreaterOrEqual { get; set; }

    [Parameter(ParameterSetName = nameof(BeLessOrEqual), Mandatory = true)]
    public SwitchParameter BeLessOrEqual { get; set; }

    [Parameter(ParameterSetName = nameof(Match), Mandatory = true)]
    public SwitchParameter Match { get; set; }

    [Parameter(ParameterSetName = nameof(MatchExactly), Mandatory = true)]
    public SwitchParameter MatchExactly { get; set; }

    [Parameter(ParameterSetName = nameof(BeOfType), Mandatory = true)]
    public SwitchParameter BeOfType { get; set; }

    [Parameter(ParameterSetName = nameof(BeTrue), Mandatory = true)]
    public SwitchParameter BeTrue { get; set; }

    [Parameter(ParameterSetName = nameof(BeFalse), Mandatory = true)]
    public SwitchParameter BeFalse { get; set; }

    [Parameter(ParameterSetName = nameof(BeNullOrEmpty), Mandatory = true)]
    public SwitchParameter BeNullOrEmpty { get; set; }

    [Parameter(ParameterSetName = nameof(Throw), Mandatory = true)]
    public SwitchParameter Throw { get; set; }

    [Parameter(ParameterSetName = nameof(Be), Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = nameof(BeExactly), Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = nameof(Contain), Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = nameof(HaveCount), Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = nameof(BeLike), Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = nameof(BeLikeExactly), Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = nameof(BeIn), Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = nameof(BeGreaterThan), Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = nameof(BeLessThan), Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = nameof(BeGreaterOrEqual), Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = nameof(BeLessOrEqual), Mandatory = true, Position = 0)]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public object? ExpectedValue { get; set; }

    [Parameter(ParameterSetName = nameof(Match), Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = nameof(MatchExactly), Mandatory = true, Position = 0)]
    public string? RegularExpression { get; set; }

    [Parameter(ParameterSetName = nameof(BeOfType), Mandatory = true, Position = 0)]
    public object? ExpectedType { get; set; }

    [Parameter(ParameterSetName = nameof(Throw), Position = 0)]
    public string? ExpectedMessage { get; set; }

    [Parameter(ParameterSetName = nameof(Throw), Position = 1)]
    public string? ErrorId { get; set; }

    [Parameter(ParameterSetName = nameof(Throw), Position = 2)]
    public Type? ExceptionType { get; set; }

    [Parameter(ParameterSetName = nameof(Throw))]
    public SwitchParameter PassThru { get; set; }
}
