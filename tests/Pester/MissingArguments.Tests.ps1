BeforeDiscovery {
    $engine = [System.Management.Automation.PSCmdlet]::CommonParameters +
        [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
    # Values that would be refused on their own, should a cmdlet ever get to them.
    $sample = @{
        IPAddress = '10.77.0.5'
        DestinationPrefix = '10.77.0.5'
        Gateway = '10.77.0.1'
        RemoteIPAddress = '10.77.0.5'
        InterfaceIndex = 2147483647
        InputObject = $null
        Kind = 'Bridge'
        Vni = 1
        VlanId = 1
        RouteTable = 1
    }
    $cases = foreach ($command in Get-Command -Module EgressNet) {
        foreach ($parameter in $command.Parameters.Values | Where-Object { $_.Name -notin $engine -and -not $_.SwitchParameter }) {
            $sets = @($command.ParameterSets.Where({ $_.Parameters.Name -contains $parameter.Name }))
            $set = $sets.Where({ -not $_.Parameters.Where({ $_.IsMandatory -and $_.Name -eq 'InputObject' }) }) + $sets | Select-Object -First 1
            $others = @{ ErrorAction = 'Stop' }
            $set.Parameters | Where-Object { $_.IsMandatory -and $_.Name -ne $parameter.Name } |
                ForEach-Object { $others[$_.Name] = $sample[$_.Name] ?? 'egp-none' }
            # One of several selectors is enough for some, and so none of them is mandatory.
            $set.Parameters | Where-Object { $_.Name -in 'IPAddress', 'DestinationPrefix' -and $command.Verb -ne 'Get' } |
                Where-Object Name -NE $parameter.Name | ForEach-Object { $others[$_.Name] ??= $sample[$_.Name] }
            if ($set.Parameters.Name -contains 'WhatIf') {
                $others.WhatIf = $true
            }

            $allows = $parameter.Attributes.TypeId.Name
            $missing = @(
                @{ Value = $null }
                if ('AllowEmptyStringAttribute' -notin $allows) { @{ Value = '' } }
                if ($parameter.ParameterType.IsArray) {
                    if ('AllowEmptyCollectionAttribute' -notin $allows) { @{ Value = @() } }
                    @{ Value = @($null) }
                    @{ Value = @(($sample[$parameter.Name] ?? '1'), '') }
                }
            )
            @{ Command = $command.Name; Parameter = $parameter.Name; Missing = $missing; Others = $others }
        }
    }
}

Describe 'An argument that is null or empty' {
    It 'is an error of <Command> that names <Parameter>' -ForEach $cases {
        foreach ($given in $Missing) {
            $Others[$Parameter] = $given.Value
            { & $Command @Others } | Should -Throw "*$Parameter*" -Because "given $(ConvertTo-Json $given.Value -Compress)"
        }
    }
}
